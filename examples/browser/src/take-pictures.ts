/** Hands over every picture that is dropped, pasted or chosen. */
export function takePictures(options: {
  readonly input: HTMLInputElement;
  /** Where pictures may be dropped. */
  readonly target: HTMLElement;
  readonly onPicture: (file: Blob) => void;
}): void {
  const { input, target, onPicture } = options;
  const take = (files: FileList | null | undefined): void => {
    const file = files?.item(0);
    if (file) onPicture(file);
  };
  input.addEventListener('change', () => {
    take(input.files);
    input.value = ''; // so that the same file can be chosen again
  });
  target.addEventListener('dragover', (event) => {
    event.preventDefault();
    target.classList.add('receiving');
  });
  target.addEventListener('dragleave', () => target.classList.remove('receiving'));
  target.addEventListener('drop', (event) => {
    event.preventDefault();
    target.classList.remove('receiving');
    take(event.dataTransfer?.files);
  });
  document.addEventListener('paste', (event) => take(event.clipboardData?.files));
}
