export { readConfig, type Config, type ConfigFlags } from './config.ts'
export { startServer, type RunningServer } from './start-server.ts'
export { openOperator, type Operator } from './operator.ts'
