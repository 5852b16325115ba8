import { sendLogFields } from '@mandate/audit';
import { Option } from 'commander';
import { addQuestion, type CommandGroup } from '../command-group';
import { checkLog, type CheckLogOptions } from './check-log';

const codes = `Fields: ${sendLogFields.slice(0, 6).join(', ')},
${sendLogFields.slice(6).join(', ')}. A field stands in the column with its own name, unless
--column or --constant says otherwise. Nothing else of the log is looked at.

Exit codes: 0 every operation was permitted, by what was on record then and by what is now
            1 violations, whatever else there is
            2 wrong usage, or a log of which nothing can be used
            3 operations of a contract whose history cannot be read
            4 no violation, but operations that are unlawful by what was recorded after them
            5 no violation among what was checked, but there are broken lines, or the log is incomplete
          130 interrupted by Ctrl-C`;

const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** A log of what was sent, line by line, against the history. */
export const addCheckLogCommand = (group: CommandGroup): void => {
  addQuestion(group, {
    usage: 'check-log <log>',
    description: 'whether what a log says was sent was permitted and known then, line by line',
    examples: [
      'check-log sends.jsonl --file history.sqlite --column at=sent_at --constant country=PL',
      'check-log sends.csv.gz --file history.sqlite --columns mapping.json --findings findings.jsonl',
    ],
    codes,
  })
    .addOption(new Option('--csv', 'the summary as CSV').conflicts('json'))
    .option('--format <format>', 'of the log: jsonl or csv; default: by its name')
    .option(
      '--column <field=column>',
      'where a field stands; in JSON names between dots, or a path like $.meta.at; may be repeated',
      collected,
    )
    .option('--columns <mapping>', 'the same as a file: {"at": "sent_at", "purpose": ["meta", "why"]}')
    .option('--constant <field=word>', 'what is the same for every operation; may be repeated', collected)
    .option('--list-separator <text>', 'between the words of a list; default: ;')
    .option('--delimiter <character>', 'between the columns of CSV, or tab; default: ,')
    .option('--line-bytes-max <bytes>', 'longer lines are not read; default: 1048576')
    .option('--findings <file>', 'a new file for the findings, one JSON object a line')
    .option('--quiet', 'do not print the findings')
    .option('--language <language>', 'of the reasons: en or pl', 'en')
    .action(async (log: string, options: CheckLogOptions) => {
      group.done(await checkLog(group.surroundings, log, options));
    });
};
