import lock from '../../package-lock.json';

/** What a lock file says of a package, as far as it is read here. */
interface Locked {
	version?: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	[fact: string]: unknown;
}

const packages = lock.packages as unknown as Record<string, Locked>;

const TOP = 'node_modules/';

/** The manifest of the package that the lock file is for. */
export interface LockedManifest {
	name: string;
	version: string;
	license: string;
	devDependencies: Record<string, string>;
	[field: string]: unknown;
}

/**
 * A package's package-lock.json: the part of ours that its development packages need, in the same versions and places, and
 * like ours without download addresses.
 *
 * @throws Error if a development package is not locked here in the version that the manifest names
 */
export function lockOf(manifest: LockedManifest): object {
	const { name, version, license, devDependencies, engines, peerDependencies } = manifest;
	const found = new Map<string, Locked>();
	const queue = Object.entries(devDependencies).map(([each, wanted]) => take(found, each, wanted));
	for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
		const { dependencies = {}, optionalDependencies = {} } = found.get(place) ?? {};
		for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) {
			const next = resolve(place, each, found);
			// An optional package may have nothing for this platform.
			if (next === undefined || found.has(next)) continue;
			found.set(next, packages[next] ?? {});
			queue.push(next);
		}
	}
	const places = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
	return {
		name,
		version,
		lockfileVersion: lock.lockfileVersion,
		requires: true,
		packages: {
			'': { name, version, license, devDependencies, engines, peerDependencies },
			...Object.fromEntries(places),
		},
	};
}

/** Puts a development package at the top, wherever it is here: its version may be another one than ours. */
function take(found: Map<string, Locked>, name: string, wanted: string): string {
	const locked = Object.entries(packages).find(
		([place, { version }]) => version === wanted && (place === TOP + name || place.endsWith(`/${TOP}${name}`)),
	);
	if (!locked) throw new Error(`package-lock.json has no ${name} ${wanted}. Install that version, or change TOOLS.`);
	found.set(TOP + name, locked[1]);
	return TOP + name;
}

/** Where Node finds a package that another one requires: in its own folder, or in one above. */
function resolve(from: string, name: string, found: Map<string, Locked>): string | undefined {
	for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf(`/${TOP.slice(0, -1)}`)))) {
		const place = folder === '' ? TOP + name : `${folder}/${TOP}${name}`;
		if (found.has(place) || packages[place]) return place;
		if (folder === '') return undefined;
	}
}
