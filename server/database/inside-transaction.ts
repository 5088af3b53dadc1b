// Whether the work at hand runs inside a transaction: a query on the outer handle would wait for it for ever, or not be part of it.
import { AsyncLocalStorage } from 'node:async_hooks';

export const insideTransaction = new AsyncLocalStorage<true>();
