// n8n finds nodes and credentials through the "n8n" field of package.json; requiring the package itself gives nothing.
module.exports = {};
