/** Runs before every test file: n8n-core must find its surroundings before its first import. */
import './n8n/environment';
