import { mount } from 'svelte';
import App from './App.svelte';
import { door } from './lib/api/door';
import './styles/index.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target, props: { host: door } });
