/** Opens a database as the program does at its start: `node migrations-child.ts FILE`. Says when it begins and when its backup is made. */
import { writeSync } from 'node:fs';
import { backupBeforeMigration } from '../../main/store/backups.ts';
import { openDatabase } from '../../main/store/open.ts';

const file = process.argv[2]!;
writeSync(1, 'begin\n');
openDatabase(file, (old) => {
  backupBeforeMigration(old, file, Date.now());
  writeSync(1, 'backed up\n');
});
writeSync(1, 'open\n');
process.exit(0);
