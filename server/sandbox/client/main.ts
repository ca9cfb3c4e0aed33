import { createApp } from 'vue';
import App from './App.vue';
import './styles/tokens.css';
import './styles/parts.css';
import './styles/dialog.css';
import './styles/shell.css';
import './styles/people.css';
import './styles/chat.css';
import './styles/task.css';
import './styles/phone.css';
import './styles/log.css';
import './styles/tour.css';
import './styles/narrow.css';

createApp(App).mount('#app');
