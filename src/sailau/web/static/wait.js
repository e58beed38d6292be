// Waits for a job and shows the page again when it is over.
const source = new EventSource(`/api/jobs/${document.getElementById("job").dataset.job}/events`);
source.onmessage = (event) => {
  if (!["done", "stopped", "failed"].includes(JSON.parse(event.data).state)) return;
  source.close();
  location.reload();
};
