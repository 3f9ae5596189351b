import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { html } from 'hono/html'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { open } from '../http/route.ts'
import type { ServerEnv } from '../http/context.ts'

/** Paths of programs: a wrong one is an error there, not a page. */
const isForPrograms = (path: string) => /^\/(?:api|v1|otel)(?:\/|$)/.test(path)

/** Folder of the built web app; null where it is not installed or not built. */
function webRoot(): string | null {
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve('@plaudit/web/package.json')), 'dist')
    return existsSync(join(root, 'index.html')) ? root : null
  } catch {
    return null
  }
}

/** The web app on every path that nothing else serves. Files with a hash in their name never change, so browsers keep them. */
export function webApp(root = webRoot()): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>()
  const guard = open('the web app itself has nothing secret; what it shows comes from the API')
  if (root === null) return app.get('*', guard, (c, next) => (isForPrograms(c.req.path) ? next() : c.html(notBuilt, 503)))
  const file = serveStatic<ServerEnv>({
    root,
    onFound: (path, c) => c.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  const page = serveStatic<ServerEnv>({ root, path: 'index.html', onFound: (_, c) => c.header('cache-control', 'no-cache') })
  return app.get('*', guard, compress(), file, (c, next) => {
    // A page's address has no file ending; a missing file must not be answered with a page.
    const isPage = !isForPrograms(c.req.path) && !/\.\w+$/.test(c.req.path)
    return isPage ? page(c, next) : next()
  })
}

const notBuilt = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="color-scheme" content="light dark" />
      <title>Plaudit</title>
      <style>
        body {
          font:
            16px/1.6 system-ui,
            sans-serif;
          max-width: 40rem;
          margin: 15vh auto;
          padding: 0 1.5rem;
        }
      </style>
    </head>
    <body>
      <h1>The server runs; the web app is not built</h1>
      <p>In a checkout, <code>npm start</code> builds it and starts again; <code>node scripts/build-web.mjs</code> only builds it.</p>
      <p>Programs can use the API meanwhile: see its <a href="/docs">documentation</a>.</p>
    </body>
  </html>`
