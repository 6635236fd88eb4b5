import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import remixConfig from './remix.config.js'

// With single fetch, dates and the like arrive as what they are; this tells the types so.
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

// Vitest reads this file too; the Remix plugin replaces modules in ways that only a build understands.
const underTest = Boolean(process.env.VITEST)

export default defineConfig({
  plugins: underTest ? [] : [tailwindcss(), remix(remixConfig)],
  build: { sourcemap: false, target: 'es2022' },
  worker: { format: 'es' },
  ssr: { noExternal: ['lucide-react', 'radix-ui'] },
  // Found before the first page is asked for: a package found later would reload it half way.
  optimizeDeps: { entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/routes/**/*.tsx'] },
  server: { host: '127.0.0.1' },
})
