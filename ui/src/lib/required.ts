import { t } from './words';

/**
 * A field that must be filled in. The web view's own way calls it wrong before anybody typed, and says so in a bubble
 * that is soon gone: here a form that is sent with the field empty stays, says so in words beside the field, and goes to
 * it.
 */
export function required(field: HTMLInputElement): () => void {
  field.setAttribute('aria-required', 'true');
  let said: HTMLElement | null = null;

  function forget(): void {
    if (!said) return;
    field.setAttribute('aria-invalid', 'false');
    describe((ids) => ids.filter((id) => id !== said?.id));
    said.remove();
    said = null;
  }

  function describe(change: (ids: string[]) => string[]): void {
    const ids = change((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
    if (ids.length > 0) field.setAttribute('aria-describedby', ids.join(' '));
    else field.removeAttribute('aria-describedby');
  }

  function check(event: Event): void {
    if (field.value.trim() !== '' || field.disabled) {
      forget();
      return;
    }
    // The first one that is empty has the focus; what is said of the others stands beside them.
    const first = !event.defaultPrevented;
    event.preventDefault();
    event.stopPropagation();
    if (!said) {
      said = document.createElement('span');
      said.id = `${field.id}-required`;
      said.className = 'wrong';
      said.setAttribute('role', 'alert');
      said.dataset.testid = 'field-required';
      said.textContent = t('ui-field-required');
      (field.closest('.field') ?? field.parentElement)?.append(said);
      field.setAttribute('aria-invalid', 'true');
      describe((ids) => [...ids, said?.id ?? '']);
    }
    if (first) field.focus();
  }

  function sent(event: Event): void {
    if (event.target === field.form) check(event);
  }

  // Before the form hears of it.
  document.addEventListener('submit', sent, true);
  field.addEventListener('input', forget);
  return () => {
    document.removeEventListener('submit', sent, true);
    field.removeEventListener('input', forget);
    said?.remove();
  };
}
