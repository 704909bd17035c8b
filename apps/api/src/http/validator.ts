import { AjvCompiler, type BuildCompilerFromPool } from '@fastify/ajv-compiler'

/**
 * The framework's validator, but for bodies. Queries, parameters and headers are texts, of which it
 * makes the numbers and booleans that their schemas ask for. JSON has those itself; there the same
 * would make false, 0 or '' of a null, and of a question without an answer a no.
 */
export function createValidatorBuilder(): BuildCompilerFromPool {
  const build = AjvCompiler()
  return (externalSchemas, options) => {
    const coercing = build(externalSchemas, options)
    const customOptions = { ...options?.customOptions, coerceTypes: false }
    const literal = build(externalSchemas, { ...options, customOptions } as typeof options)
    // What comes is the place a schema is for, though the type says that it is the schema.
    return (route) =>
      ((route as { httpPart?: string }).httpPart === 'body' ? literal : coercing)(route)
  }
}
