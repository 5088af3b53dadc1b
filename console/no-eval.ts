// The page's content policy forbids code made from text. Imported before any schema is made: otherwise the library tries, and the browser complains.
import { z } from 'zod';

z.config({ jitless: true });
