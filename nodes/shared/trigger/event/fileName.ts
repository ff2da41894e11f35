/**
 * The name of a file by its address: the last part of the path, if it looks like a file's name.
 *
 * @param form `isEncoded`: leave `%20` and the like as they are; `shortestExtension`: letters of an extension, 1 unless given
 */
export function fileNameIn(
	address: string | null,
	{ isEncoded = false, shortestExtension = 1 }: { isEncoded?: boolean; shortestExtension?: number } = {},
): string | null {
	if (address === null || !URL.canParse(address)) return null;
	const last = new URL(address).pathname.split('/').at(-1) ?? '';
	// A decoded name may hold slashes, which would lead into another folder where it is written to a disk.
	const name = isEncoded ? last : decoded(last).replace(/[/\\]/g, '_');
	const extension = /\.(\w{1,5})$/.exec(name)?.[1] ?? '';
	return extension.length >= shortestExtension ? name : null;
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
