/* Large files, up and down. */
import type { FileJob } from '../jobs';
import { atLeast, atMost, type Check, digits, mebibytes, median, type Section } from '../report';
import type { Outcome, Stage } from '../stage';

const MIB = 1024 * 1024;

const names: Record<FileJob['contestant'], string> = { ours: 'This package', httpRequest: 'HTTP Request node' };

/** Uploads and downloads a file with the binary data of n8n on disk. */
export async function files(stage: Stage): Promise<Section> {
	const { fileBytes, rounds } = stage.amounts;
	const jobs = (['upload', 'download'] as const).flatMap((direction) =>
		(['ours', 'httpRequest'] as const).map((contestant) => ({ direction, contestant, outcomes: [] as Outcome[] })),
	);
	for (let round = 0; round < rounds; round++) {
		for (const { direction, contestant, outcomes } of jobs) {
			const outcome = await stage.file({ direction, contestant });
			outcomes.push(outcome);
			const grown = mebibytes(outcome.peak - outcome.baseline);
			console.log(
				`  ${direction}, ${names[contestant]}: ${digits(outcome.ms)} ms, resident memory + ${grown} MiB`,
			);
		}
	}
	const grown = (outcomes: Outcome[]): number => median(outcomes.map(({ peak, baseline }) => peak - baseline));
	const checks = (direction: FileJob['direction']): Check[] => {
		const [ours = [], httpRequest = []] = (['ours', 'httpRequest'] as const).map(
			(who) => jobs.find((job) => job.direction === direction && job.contestant === who)?.outcomes,
		);
		const ratio = (one: Outcome[], other: Outcome[], of: 'ms' | 'cpuMs'): number =>
			median(one.map((outcome) => outcome[of])) / median(other.map((outcome) => outcome[of]));
		const what = `${direction} of ${digits(fileBytes / 1_000_000)} MB`;
		return [
			atLeast(`${what}: time of the HTTP Request node ÷ ours`, ratio(httpRequest, ours, 'ms'), 1),
			atMost(`${what}: our CPU ÷ the HTTP Request node’s`, ratio(ours, httpRequest, 'cpuMs'), 1),
			atMost(`${what}: growth of resident memory`, Math.round(grown(ours) / MIB), 32, ' MiB'),
		];
	};
	return {
		title: `A file of ${digits(fileBytes / 1_000_000)} MB`,
		notes: [
			'Over TLS at 0 ms, binary data on disk. Growth is the most resident memory while the file passes, above what it was after a file of 1 MB and the collector.',
			'Uploads as multipart: this package by a made-up provider on the shared code that Chategy sends its files with, too. Downloads by Chatalo, Download Media.',
		],
		columns: ['Transfer', 'ms', 'MB/s', 'CPU ms', 'growth MiB'],
		rows: jobs.map(({ direction, contestant, outcomes }) => {
			const ms = median(outcomes.map((outcome) => outcome.ms));
			const cpuMs = median(outcomes.map((outcome) => outcome.cpuMs));
			return [
				`${names[contestant]}, ${direction}`,
				digits(ms),
				digits(fileBytes / 1000 / ms),
				digits(cpuMs),
				mebibytes(grown(outcomes)),
			];
		}),
		checks: (['upload', 'download'] as const).flatMap(checks),
	};
}
