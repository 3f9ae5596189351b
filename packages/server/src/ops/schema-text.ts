import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** The parts of JSON Schema that our documents use. */
export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
}
type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const joined = (parts: Html[], separator: string): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${raw(separator)}${part}`))}`

/** A schema as people write types, with links to the named ones. */
export function schemaText(schema: JsonSchema, indent = ''): Html {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const variants = schema.anyOf ?? schema.oneOf ?? schema.enum?.map((value) => ({ const: value }))
  if (variants !== undefined)
    return joined(
      variants.map((one) => schemaText(one, indent)),
      ' | ',
    )
  if (schema.allOf !== undefined)
    return joined(
      schema.allOf.map((one) => schemaText(one, indent)),
      ' & ',
    )
  if ('const' in schema) return html`${JSON.stringify(schema.const)}`
  if (Array.isArray(schema.type))
    return joined(
      schema.type.map((type) => schemaText({ ...schema, type }, indent)),
      ' | ',
    )
  if (schema.type === 'array') return html`${schemaText(schema.items ?? {}, indent)}[]`
  if (schema.properties !== undefined) return objectText(schema.properties, schema.required ?? [], indent)
  if (typeof schema.additionalProperties === 'object') return html`{ [name]: ${schemaText(schema.additionalProperties, indent)} }`
  return html`${schema.format ?? schema.type ?? 'any'}`
}

function objectText(properties: Record<string, JsonSchema>, required: string[], indent: string): Html {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(
    ([name, schema]) => html`${inner}${name}${required.includes(name) ? '' : '?'}: ${schemaText(schema, inner)}`,
  )
  return lines.length === 0 ? html`{}` : html`{${raw('\n')}${joined(lines, '\n')}${raw('\n')}${indent}}`
}
