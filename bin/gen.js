#!/usr/bin/env node
import '../dist/gen.js';
