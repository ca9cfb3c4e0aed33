import { createApp } from 'vue';
import 'weui/dist/style/base/base.min.css';
import '../parts/base.css';
import './unsupported.css';
import App from './App.vue';

createApp(App).mount('#app');
