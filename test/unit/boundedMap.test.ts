import fc from 'fast-check';
import { BoundedMap } from '../../nodes/shared/boundedMap';

const MOST = 3;

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const step = fc.record({ what: fc.constantFrom('set', 'set', 'delete'), key, value: fc.nat() });

describe('a bounded map', () => {
	it('holds what was set last, whatever came before', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const map = new BoundedMap<number>(MOST);
				let model: Array<[string, number]> = [];
				for (const { what, key: name, value } of steps) {
					model = model.filter(([known]) => known !== name);
					if (what === 'set') {
						map.set(name, value);
						model = [...model, [name, value] as [string, number]].slice(-MOST);
					} else {
						map.delete(name);
					}
					expect(map.newestKeys(MOST)).toEqual(model.map(([known]) => known));
					for (const [known, held] of model) expect(map.get(known)).toBe(held);
					expect(map.has(name)).toBe(what === 'set');
					expect(map.isEmpty).toBe(model.length === 0);
					expect(map.newestKeys(1)).toEqual(model.slice(-1).map(([known]) => known));
				}
			}),
		);
	});
});
