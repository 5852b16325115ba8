import { Presets, SingleBar } from 'cli-progress';
import type { Progress, ShowProgress } from './progress';

/**
 * A bar on a terminal, gone at the end. It neither hides the cursor nor changes how lines are wrapped: the process may
 * end at any time, and would leave the terminal like that.
 */
export const terminalBar =
  (stream: NodeJS.WritableStream): ShowProgress =>
  (total): Progress => {
    const bar = new SingleBar(
      {
        format: total === undefined ? '  {words}' : '  {bar} {percentage} %  {words}',
        barsize: 30,
        clearOnComplete: true,
        linewrap: true,
        stream,
      },
      Presets.shades_classic,
    );
    let isShown = false;
    const hide = (): void => {
      if (isShown) bar.stop();
      isShown = false;
    };
    return {
      reach: (done, words) => {
        if (isShown) bar.update(done, { words });
        else bar.start(Math.max(1, total ?? 1), done, { words });
        isShown = true;
      },
      hide,
      end: hide,
    };
  };
