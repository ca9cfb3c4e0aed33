import { createApp } from 'vue';
import App from './App.vue';
import './styles/tokens.css';
import './styles/parts.css';
import './styles/marks.css';
import './styles/dialog.css';
import './styles/fields.css';
import './styles/shell.css';
import './styles/side.css';
import './styles/people.css';
import './styles/rows.css';
import './styles/chat.css';
import './styles/messages.css';
import './styles/task.css';
import './styles/phone.css';
import './styles/about.css';
import './styles/log.css';
import './styles/tour.css';
import './styles/tour-steps.css';
import './styles/narrow.css';
import './styles/narrow-parts.css';

// No <Transition>: all pages of staff share one chunk of Vue, and the sidebar would have to load what only this page uses.
createApp(App).mount('#app');
