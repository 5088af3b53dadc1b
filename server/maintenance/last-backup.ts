// Where the server remembers when its last whole backup was made.
export const lastBackupKey = 'backup.last';
