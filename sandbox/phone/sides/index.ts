import type { ProviderName } from '../../providers';
import type { PhoneSide } from '../types';
import { balesOtomatis } from './balesotomatis';
import { chatalo } from './chatalo';
import { chategy } from './chategy';
import { wapio } from './wapio';
import { whacenter } from './whacenter';

/** How the phone reads and writes each provider. */
export const sides: Record<ProviderName, PhoneSide> = { chatalo, whacenter, balesOtomatis, chategy, wapio };
