import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

const server = process.env['PLAUDIT_URL'] ?? 'http://127.0.0.1:4100'
const proxied = Object.fromEntries(['/api', '/v1', '/healthz', '/readyz', '/openapi.json', '/docs'].map((path) => [path, server]))

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    // `light-dark()` carries both themes, so browsers that know it are the oldest ones supported.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The server's content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  // In development the pages come from Vite and the API from a started server.
  server: { proxy: proxied },
})
