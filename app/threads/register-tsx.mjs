// Lets a worker thread run TypeScript. `--import tsx` alone registers nothing in a thread that is not the main one.
import { register } from 'tsx/esm/api'

register()
