/** The part of WebAssembly that kernels use. Every engine has it, but TypeScript declares it for browsers alone. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer
  grow(pages: number): number
}

interface WasmInterface {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown }
  Memory: new (size: { initial: number; maximum: number; shared: true }) => WasmMemory
}

/** WebAssembly, or undefined in an engine without it. */
export const webAssembly = (globalThis as { WebAssembly?: WasmInterface }).WebAssembly

const modules = new Map<string, object>()

/** What a kernel exports when it works on this memory. Its bytes are compiled once. */
export function instantiate(base64: string, memory: WasmMemory, imports: Record<string, Record<string, unknown>>): unknown {
  let module = modules.get(base64)
  if (module === undefined) {
    module = new webAssembly!.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
    modules.set(base64, module)
  }
  return new webAssembly!.Instance(module, { ...imports, env: { memory } }).exports
}
