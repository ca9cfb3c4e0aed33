import { alone } from './vite.config.ts';

export default alone('sidebar/survey/index.html');
