import { writeInputFiles } from './generating/input-files';
import { fullScale } from './generating/story';

// Writes the two large input files of the demo, which makes them up by itself, to look at them: the same bytes
// every time. Usage: node dist/generate-input.js [folder]

const [folder = 'generated-input'] = process.argv.slice(2);

writeInputFiles(folder, fullScale).then(
  () => console.log(`recipients.csv and sends.jsonl are in ${folder}.`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The files could not be written.');
    process.exitCode = 1;
  },
);
