import { config } from 'zod';

/** Schemas are not compiled into functions here: the window makes no code from text (R15, R21). Before any schema is made. */
config({ jitless: true });
