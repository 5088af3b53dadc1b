// What is named by its hash never changes; any cache may keep it for a year.
export const immutable = 'public, max-age=31536000, immutable';
