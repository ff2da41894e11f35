/** Makes a value once for each name. */
export function onceEach<Value>(make: (name: string) => Value): (name: string) => Value {
	const values = new Map<string, { value: Value }>();
	return (name) => {
		const known = values.get(name);
		if (known) return known.value;
		const value = make(name);
		values.set(name, { value });
		return value;
	};
}

/** Makes a value once for each object, and forgets it with the object. */
export function oncePer<Key extends object, Value extends NonNullable<unknown>>(
	make: (key: Key) => Value,
): (key: Key) => Value {
	const values = new WeakMap<Key, Value>();
	return (key) => {
		const known = values.get(key);
		if (known !== undefined) return known;
		const value = make(key);
		values.set(key, value);
		return value;
	};
}
