/** What a release is judged by. */
export interface Release {
	/** As pushed, such as `v1.2.3`. */
	tag: string;
	/** Of package.json. */
	manifest: { name: string; version: string; repository?: string | { url?: string } };
	/** Of package-lock.json. */
	lock: { version: string };
	changelog: string;
	/** `owner/name` of the repository that the build runs in, where that is known. */
	builtIn?: string;
}

/** What keeps a tag from being released, each in a sentence; none if it may be. */
export function releaseProblems(release: Release): string[];

/** The text below a version's heading up to the next one; undefined if there is no such heading. */
export function sectionOf(changelog: string, version: string): string | undefined;
