import type { IDataObject } from 'n8n-workflow';

/** An object without some of its entries, such as keys and codes that a workflow shall not put out. */
export function without(data: IDataObject, ...names: string[]): IDataObject {
	return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
}
