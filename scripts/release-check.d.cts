/** What a release is judged by. */
export interface Release {
	/** As pushed, such as `v1.2.3`. */
	tag: string;
	/** Of package.json. */
	manifest: {
		name: string;
		version: string;
		repository?: string | { url?: string };
		homepage?: string;
		dependencies?: Record<string, string>;
	};
	/** Of package-lock.json. */
	lock: { version: string };
	changelog: string;
	/** `owner/name` of the repository that the build runs in, where that is known. */
	builtIn?: string;
	/** See {@link docLinksIn}. */
	docLinks?: DocLink[];
}

/** A link that n8n shows as documentation. */
export interface DocLink {
	/** Below the root. */
	file: string;
	/** Name of the provider's page. */
	page: string;
	url: string;
}

/** The links of all codex files and credentials that package.json lists. */
export function docLinksIn(root: string, manifest: { n8n: { nodes: string[]; credentials: string[] } }): DocLink[];

/** What keeps a tag from being released, each in a sentence; none if it may be. */
export function releaseProblems(release: Release): string[];

/** The text below a version's heading up to the next one; undefined if there is no such heading. */
export function sectionOf(changelog: string, version: string): string | undefined;
