// What a server action answers to the form that called it: the data, or a code with words for a person; never an exception.

/** Success with data, or a failure with its dotted code, a sentence, and where it fits the fields at fault. */
export type ActionResult<T> =
  | { ok: true; data: T }
  | {
      ok: false;
      code: string;
      message: string;
      errors?: { field: string; code: string; message: string }[];
      details?: Record<string, unknown>;
    };
