/** A map that forgets what was set longest ago. */
export class BoundedMap<Value> {
	private readonly values = new Map<string, Value>();
	/** The key that was set last. It need not move when it is set again, and moving keys makes a map copy itself often. */
	private newest: string | undefined;

	constructor(private readonly most: number) {}

	get(key: string): Value | undefined {
		return this.values.get(key);
	}

	has(key: string): boolean {
		return this.values.has(key);
	}

	set(key: string, value: Value): void {
		if (key !== this.newest) this.values.delete(key);
		this.newest = key;
		this.values.set(key, value);
		if (this.values.size <= this.most) return;
		const oldest = this.values.keys().next();
		if (!oldest.done) this.values.delete(oldest.value);
	}

	delete(key: string): void {
		if (key === this.newest) this.newest = undefined;
		this.values.delete(key);
	}

	get isEmpty(): boolean {
		return this.values.size === 0;
	}

	/** The keys that were set last, the oldest of them first. */
	newestKeys(count: number): string[] {
		const newest: string[] = [];
		let older = this.values.size - count;
		for (const key of this.values.keys()) if (older-- <= 0) newest.push(key);
		return newest;
	}
}
