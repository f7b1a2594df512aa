import { lockFolder } from '../../templates/express/project/src/db/folder-lock.ts';
import { contend } from './contend.ts';

await contend({ lock: lockFolder });
