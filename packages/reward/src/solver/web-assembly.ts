/** The part of WebAssembly that the solver uses. Every engine has it, but TypeScript declares it for browsers alone. */
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
