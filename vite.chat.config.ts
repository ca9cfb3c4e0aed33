import { alone } from './vite.config.ts';

export default alone('sidebar/chat/index.html');
