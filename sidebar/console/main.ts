import { createApp } from 'vue';
import 'weui/dist/style/base/base.min.css';
import '../parts/styles.css';
import './console.css';
import App from './App.vue';

createApp(App).mount('#app');
