import { Router } from 'express';
import type { Dependencies } from './app.ts';

export const router = Router();
