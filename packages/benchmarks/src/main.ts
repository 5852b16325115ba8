import { join } from 'node:path';
import { bench } from './bench';
import { tinybenchTimer } from './comparing/timer';
import { showProgress } from './showing/progress';
import { works } from './works';

void bench(process.argv.slice(2), {
  works,
  timer: tinybenchTimer,
  progress: showProgress,
  outFolder: join(__dirname, '../out'),
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
