import { z } from 'zod';

/** Error codes of the API and the HTTP status of each. */
export const errorStatuses = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE_CONTENT: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;
export type ErrorCode = keyof typeof errorStatuses;

/** One field that does not fit the schema. */
export const fieldErrorSchema = z.object({ field: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** Problem document, RFC 9457, with the code, the fields at fault and the trace to quote when asking for help. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  trace_id: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** What every procedure may answer instead of its output. */
export const commonErrors = {
  UNAUTHORIZED: { status: 401, message: 'A valid bearer token is needed.' },
  FORBIDDEN: { status: 403, message: 'The token does not allow this.' },
  NOT_FOUND: { status: 404, message: 'There is no such object.' },
  CONFLICT: { status: 409, message: 'The object is not in a state that allows this.' },
  UNPROCESSABLE_CONTENT: {
    status: 422,
    message: 'The request does not fit the schema.',
    data: z.object({ errors: z.array(fieldErrorSchema) }),
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: 'The engine cannot take more at the moment.',
    data: z.object({ retry_after_seconds: z.int() }),
  },
} as const;
