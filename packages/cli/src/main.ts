import { commandLine } from './terminal/command-line.ts'
import { plaudit } from './plaudit.ts'

// A reader that has seen enough (`plaudit export … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await commandLine(plaudit, process.argv.slice(2))
