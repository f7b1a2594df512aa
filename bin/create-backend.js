#!/usr/bin/env node
import '../dist/create-backend.js';
