/** What was given cannot be checked; the message says where, why and what to do. */
export class InputError extends Error {}
