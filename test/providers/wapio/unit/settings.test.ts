import type { INodeProperties } from 'n8n-workflow';
import { propertiesOfOperation } from '../../../../nodes/shared/operations/define/properties';
import { wapio } from '../../../../nodes/Wapio/wapio.gateway';

const settings = wapio.resources.flatMap(({ value, operations }) =>
	operations.flatMap((operation) =>
		propertiesOfOperation(operation)
			.filter(({ name }) => name === 'settings')
			.flatMap(({ options }) => options as INodeProperties[])
			.map((option) => ({ title: `${value}.${operation.value} ${option.name}`, option })),
	),
);

it('a setting is switched on when it is added', () => {
	expect(settings.length).toBeGreaterThan(20);
	expect(settings.filter(({ option }) => option.default !== true).map(({ title }) => title)).toEqual([]);
});
