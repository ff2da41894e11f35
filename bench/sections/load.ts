/* What a package costs when n8n starts. */
import type { Loaded } from '../jobs';
import { atMost, digits, median, type Section } from '../report';
import type { Stage } from '../stage';

/** Loads our package and the peer's. */
export async function load(stage: Stage): Promise<Section> {
	const packages = (['ours', 'n8n-nodes-evolution-api'] as const).map((whose) => ({ whose, found: [] as Loaded[] }));
	for (let round = 0; round < stage.amounts.rounds; round++) {
		for (const { whose, found } of packages) found.push(await stage.load(whose));
	}
	const startMs = (name: string): number =>
		median(packages.flatMap(({ whose, found }) => (whose === name ? found.map((loaded) => loaded.startMs) : [])));
	return {
		title: 'Loading the package',
		notes: [
			"By n8n's own loader, from the installed files, in a process that has already loaded n8n-core. At start, n8n loads descriptions and credentials; a package with metadata, as n8n's own, leaves the code of a node to its first use. Lower is better.",
		],
		columns: ['Package', 'start, ms', 'first use of a node, ms', 'nodes', 'descriptions KiB'],
		rows: packages.map(({ whose, found }) => [
			whose === 'ours' ? 'n8n-nodes-whatsapp-gateways' : whose,
			digits(median(found.map(({ startMs }) => startMs))),
			digits(median(found.map(({ firstUseMs }) => firstUseMs))),
			digits(found[0]?.nodes ?? 0),
			digits((found[0]?.descriptionBytes ?? 0) / 1024),
		]),
		checks: [
			atMost(
				'loading the package at start: ours ÷ Evolution API',
				startMs('ours') / startMs('n8n-nodes-evolution-api'),
				1,
			),
		],
	};
}
