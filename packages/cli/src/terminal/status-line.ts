/** One line on standard error that is written over; nothing where standard error is no terminal. */
export function statusLine(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'> = process.stderr) {
  const isShown = stream.isTTY
  return {
    show(text: string): void {
      if (isShown) stream.write(`\r\u001B[2K${text.slice(0, Math.max(20, stream.columns - 1))}`)
    },
    clear(): void {
      if (isShown) stream.write('\r\u001B[2K')
    },
  }
}
