import { pageNumbers, type Paging } from '../../shared/operations/define/paging';
import { lastPage } from './chategyApi';

/**
 * API reference, Getting information about all instances: `page` and `per_page`, 1 to 100; the response's `meta` has the total
 * count.
 */
export const instancePages: Paging = pageNumbers({
	page: 'page',
	size: 'per_page',
	maxSize: 100,
	lastPage,
});
