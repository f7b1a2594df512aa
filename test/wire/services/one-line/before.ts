import { createHealthService } from './db/health.service.ts';

export const createServices = ({ db }) => ({ health: createHealthService(db) });
