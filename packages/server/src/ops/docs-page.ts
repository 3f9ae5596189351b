import { html, raw } from 'hono/html'
import type { OpenApiDocument } from './openapi.ts'
import { type JsonSchema, schemaText } from './schema-text.ts'

type Content = Record<string, { schema?: JsonSchema }>
type Operation = {
  tags?: string[]
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: JsonSchema }[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
  security?: Record<string, unknown>[]
  'x-permission'?: string
}
type Documented = { paths: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, JsonSchema> } }

/** The description of the API as a page that loads nothing: no script, no font, nothing from elsewhere. */
export function docsPage(document: OpenApiDocument) {
  const { paths, components } = document as unknown as Documented
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation, tag: operation.tags?.[0] ?? 'Other' })),
  )
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Plaudit API</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <nav aria-label="Contents">
          <h1>Plaudit API ${document.info.version}</h1>
          ${tags.map((tag) => html`<a href="#${anchor(tag)}">${tag}</a>`)}
          <a href="#schemas">Schemas</a>
          <a href="/openapi.json">openapi.json</a>
        </nav>
        <main>
          <p>${document.info.description}</p>
          ${tags.map(
            (tag) =>
              html`<h2 id="${anchor(tag)}">${tag}</h2>
                ${operations.filter((one) => one.tag === tag).map((one) => operationText(one))}`,
          )}
          <h2 id="schemas">Schemas</h2>
          ${Object.entries(components?.schemas ?? {}).map(
            ([name, schema]) =>
              html`<section id="schema-${name}">
                <h3>${name}</h3>
                <pre>${schemaText(schema)}</pre>
              </section>`,
          )}
        </main>
      </body>
    </html>`
}

function operationText({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const { summary = '', description, parameters = [], requestBody, responses } = operation
  return html`<details>
    <summary><b>${method.toUpperCase()}</b> <code>${path}</code> <span>${summary}</span></summary>
    ${description === undefined ? '' : html`<p>${description}</p>`}
    <p>${whoMay(operation)}</p>
    ${
      parameters.length === 0
        ? ''
        : html`<h4>Parameters</h4>
            <pre>
${parameters.map((one) => html`${one.name}${one.required === true ? '' : '?'} (${one.in}): ${schemaText(one.schema ?? {})}${raw('\n')}`)}</pre>`
    }
    ${requestBody === undefined ? '' : contentText('Body', requestBody.content)}
    ${Object.entries(responses).map(([status, response]) =>
      contentText(`${status === 'default' ? 'Error' : status}: ${response.description}`, response.content ?? {}),
    )}
  </details>`
}

function contentText(title: string, content: Content) {
  return html`<h4>${title}</h4>
    ${Object.entries(content).map(([type, { schema = {} }]) => html`<pre><small>${type}</small>${raw('\n')}${schemaText(schema)}</pre>`)}`
}

const senders: Record<string, string> = {
  secretKey: 'a secret key',
  keyPair: 'a key pair',
  publicKey: 'a public key',
  session: 'a signed-in person',
}

function whoMay(operation: Operation): string {
  const names = (operation.security ?? []).flatMap((one) => Object.keys(one)).map((name) => senders[name] ?? name)
  if (names.length === 0) return 'Open to everybody.'
  const permission = operation['x-permission']
  return `Takes ${names.join(' or ')}${permission === undefined ? '' : ` with the permission ${permission}`}.`
}

function anchor(text: string): string {
  return text.toLowerCase().replaceAll(/\W+/g, '-')
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: light-dark(#ddd, #333); }
body { margin: 0; display: grid; grid-template-columns: 14rem minmax(0, 60rem); gap: 2rem; }
nav { position: sticky; top: 0; align-self: start; padding: 1.5rem; display: grid; gap: 0.35rem; }
nav h1 { font-size: 1rem; } main { padding: 1.5rem 1.5rem 6rem 0; } h4 { margin: 1rem 0 0.25rem; }
a { color: light-dark(#0b57d0, #8ab4f8); } pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--line); border-radius: 6px; }
details { border-bottom: 1px solid var(--line); padding: 0.5rem 0; } summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; } summary span { opacity: 0.75; margin-left: 0.5rem; }
@media (max-width: 48rem) { body { display: block; padding: 0 1rem; } nav { position: static; padding: 1rem 0; } main { padding: 0 0 4rem; } }
`
