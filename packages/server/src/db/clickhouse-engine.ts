// The embedded ClickHouse engine: a program of its own, started by `embedded-clickhouse.ts` and ended by the end of its standard input.
// chDB's shared library contains the genuine server; called as `clickhouse-local` with listening switched on it serves HTTP until the
// query that reads standard input ends.
import { DataType, load, open } from 'ffi-rs'

const [library, configFile, dataDir, httpPort] = process.argv.slice(2)
if (library === undefined || httpPort === undefined) throw new Error('usage: clickhouse-engine LIBRARY CONFIG DIR PORT')

const command = [
  'clickhouse-local',
  `--config-file=${configFile}`,
  `--path=${dataDir}`,
  '--listen_host=127.0.0.1',
  `--http_port=${httpPort}`,
  '--send_logs_level=none',
  '--query',
  `SYSTEM START LISTEN HTTP; SELECT count() FROM file('-', 'LineAsString')`,
]
open({ library: 'chdb', path: library })
load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [command.length, command],
})
